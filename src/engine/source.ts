import type { Result } from '../base/result';
import { readC, type CReading, type Mistake } from '../scenario/c';
import { follow } from '../timeline/follow';

/** Plays a C source. `heard` is called now and then, so that who waits can be told that it goes on. */
export const readSource = (text: string, heard: () => void): Result<CReading, Mistake> =>
  readC(text, (config) => {
    const answers = follow(config);
    return (ops, index) => {
      heard();
      return answers(ops, index);
    };
  });
