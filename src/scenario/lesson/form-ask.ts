import * as v from 'valibot';
import { MTRR_TYPES } from '../../machine/memory-type';
import { REASONS } from '../../machine/rights';
import { STATUS_TEXT, type Status } from '../../machine/status';
import { byWord, either, list, oneOf, says, shape, type Form } from '../form';
import { text } from '../form-name';
import { integer } from '../form-number';
import { word } from '../form-op-fields';
import { at, level, op, pcpu, rule, someAddress } from './form-place';
import { LESSON_LIMITS } from './limits';

/** What a choice says the machine will answer: a word, a number, or any number of a span. */
export type Is = string | number | { readonly from: number; readonly to: number };

const MOST = Number.MAX_SAFE_INTEGER;
const whole = integer(0, MOST);
const span = shape({ from: integer(0, MOST), to: integer(0, MOST) });
const count: Form<Is> = either<Is>([whole, span], (value) => (typeof value === 'object' ? span : whole));
/** A number, or `none`. */
const countOrNone: Form<Is> = either<Is>([oneOf(['none']), count], (value) =>
  typeof value === 'string' && !/^\d/.test(value) ? oneOf(['none']) : count,
);
const words = (...names: readonly string[]): Form<Is> => oneOf(names);

const RIGHTS = ['R', 'RW', 'RX', 'RWX'];
/** What an address may be used for, in the words of answers. */
export const RIGHTS_WORDS: readonly string[] = ['none', ...RIGHTS, ...RIGHTS.map((rights) => `user ${rights}`)];

const says600 = text(LESSON_LIMITS.says.max);
const split = shape({
  right: says(says600, 'After a right answer.'),
  wrong: says(says600, 'After a wrong one.'),
});
const after = either<string | v.InferOutput<typeof split>>([says600, split], (value) =>
  typeof value === 'object' ? split : says600,
);

/** A question that the machine can answer: `what` it is about, and `of` what. */
const asked = <const W extends string, const O extends v.ObjectEntries>(what: W, of: O, is: Form<Is>, about: string) =>
  says(
    shape({
      what: word(what),
      of: shape(of),
      question: text(LESSON_LIMITS.question.max),
      choices: v.optional(
        says(
          list(shape({ text: text(LESSON_LIMITS.choice.max), is }), LESSON_LIMITS.choices.max),
          'What can be chosen. Which one is right, the machine says.',
        ),
      ),
      number: v.optional(
        says(
          shape({
            unit: v.optional(text(20)),
            within: v.optional(says(integer(0, 100), 'So many percent beside it are right, too.')),
          }),
          'Instead of choices: a number is typed.',
        ),
      ),
      reveal: v.optional(
        says(
          at,
          'When the machine has answered. Without it: the end of the operation asked about, or the move itself.',
        ),
      ),
      after: v.optional(says(after, 'What is said when the answer is known.')),
    }),
    about,
  );

export const askForm = byWord('what', [
  asked('fault', { op }, words(...REASONS), 'Why an access faults; none if it does not.'),
  asked('faultLevel', { op }, countOrNone, 'The level of the entry that stops an access, 4 to 1.'),
  asked('errorCode', { op }, countOrNone, 'The error code of a page fault.'),
  asked('status', { op }, words(...(Object.keys(STATUS_TEXT) as Status[])), 'What a call returns.'),
  asked('hits', { op }, count, 'Accesses that a TLB answers.'),
  asked('walks', { op }, count, 'Accesses that walk the tables.'),
  asked('faults', { op }, count, 'Accesses that fault, spurious faults not counted.'),
  asked('spurious', { op }, count, 'Faults that only a TLB entry was the reason of; the retry goes well.'),
  asked('value', { op }, count, 'The word that an access reads or writes.'),
  asked('ipis', { op }, count, 'Interrupts that a call sends to other PCPUs.'),
  asked('cycles', { op }, count, 'What a call or access costs its caller.'),
  asked('dearer', { op, than: op }, words('more', 'less', 'same'), 'Whether it costs more than another operation.'),
  asked('frame', { address: someAddress }, countOrNone, 'The MPN that the tables give for an address.'),
  asked('rights', { address: someAddress }, words(...RIGHTS_WORDS), 'What the tables allow at an address.'),
  asked('type', { address: someAddress }, words(...MTRR_TYPES, 'none'), 'The effective memory type at an address.'),
  asked('slot', { address: someAddress }, countOrNone, 'The PAT slot that the entry of an address selects.'),
  asked('bit', { address: someAddress, level, bit: integer(0, 63) }, count, 'A bit of an entry: 0 or 1.'),
  asked(
    'tlb',
    { address: someAddress, pcpu },
    words('none', 'fresh', 'stale'),
    'Whether a TLB of a PCPU translates an address, and as the tables do.',
  ),
  asked('stale', { pcpu: v.optional(pcpu) }, count, 'Stale TLB entries of a PCPU, or of all.'),
  asked('hazard', { rule }, words('yes', 'no'), 'Whether a hazard has been raised.'),
  asked('tables', {}, count, 'Frames that hold tables.'),
]);
export type Ask = v.InferOutput<typeof askForm>;
export type What = Ask['what'];
