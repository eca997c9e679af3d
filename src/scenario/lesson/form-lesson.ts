import * as v from 'valibot';
import { err, ok } from '../../base/result';
import { byDefault, leaf, list, oneOf, says, shape, type Form } from '../form';
import { isName, text } from '../form-name';
import { DOCUMENT_LIMITS } from '../limits';
import { askForm } from './form-ask';
import { at, select } from './form-place';
import { LESSON_LIMITS } from './limits';
import { LESSON_PANELS } from './panels';

export const LESSON_VERSION = 1;

/** A document of its own is read as any other, once its lesson is. */
const scenario: Form<unknown> = leaf({ anyOf: [{ type: 'string' }, { $ref: 'scenario.v1.schema.json' }] }, (value) => {
  const document = typeof value === 'object' && value !== null && !Array.isArray(value);
  return document || (typeof value === 'string' && isName(value))
    ? ok(value)
    : err('must be a scenario, {…}, or the id of one of the library, such as "example-2"');
});

const moveForm = shape({
  says: says(text(LESSON_LIMITS.says.max), 'What the reader is told.'),
  at: says(byDefault(at, 'start'), 'When: start, end, an operation, or a step.'),
  select: v.optional(says(select, 'What is selected. Without it, what the move before selects.')),
  look: says(byDefault(list(oneOf(LESSON_PANELS), LESSON_PANELS.length), []), 'The panels that it speaks of.'),
  ask: v.optional(says(askForm, 'A question that is answered before the machine does.')),
});
export type Move = v.InferOutput<typeof moveForm>;

/** A lesson as JSON. */
export const lessonForm = shape({
  $schema: v.optional(says(v.string('must be the address of a JSON schema'), 'For editors; not read.')),
  version: says(v.literal(LESSON_VERSION, `must be ${LESSON_VERSION}`), 'The version of this format.'),
  title: says(text(DOCUMENT_LIMITS.title.max), 'One line that names the lesson.'),
  about: says(byDefault(text(LESSON_LIMITS.about.max), ''), 'What is learnt, in one line.'),
  sources: v.optional(says(text(LESSON_LIMITS.sources.max), 'Where its rules and figures come from.')),
  scenario: says(scenario, 'What it is played on: a scenario, or the id of one of the library.'),
  moves: says(list(moveForm, LESSON_LIMITS.moves.max), 'What is shown and said, in order.'),
});
