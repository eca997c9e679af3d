import * as v from 'valibot';
import { byDefault, fieldsOf, list, says, shape } from './form';
import { configForm } from './form-config';
import { text } from './form-name';
import { opForm } from './form-op';
import { DOCUMENT_LIMITS } from './limits';

export const VERSION = 1;

/** A scenario as JSON. */
export const documentForm = shape({
  $schema: v.optional(says(v.string('must be the address of a JSON schema'), 'For editors; not read.')),
  version: says(v.literal(VERSION, `must be ${VERSION}`), 'The version of this format.'),
  about: v.optional(
    says(fieldsOf(v.string('must be a text')), 'For readers: why it matters, its source. Not read by the machine.'),
  ),
  title: says(byDefault(text(DOCUMENT_LIMITS.title.max), 'Untitled'), 'One line that names the scenario.'),
  note: v.optional(says(text(DOCUMENT_LIMITS.note.max), 'For readers: a comment on the whole.')),
  config: says(byDefault(configForm, {}), 'The machine. What is left out has its default.'),
  ops: says(list(opForm, DOCUMENT_LIMITS.ops.max), 'What happens, in order.'),
});
export type ScenarioDoc = v.InferOutput<typeof documentForm>;
