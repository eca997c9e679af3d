import { writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { DOCUMENT_LIMITS, type DocumentLimit } from '../scenario';
import type { Form } from '../scenario/form';
import { documentForm } from '../scenario/form-document';
import { INTEGER_TEXT } from '../scenario/form-number';
import { lessonForm } from '../scenario/lesson/form-lesson';
import { LESSON_LIMITS } from '../scenario/lesson/limits';

/** From the root of the project. */
export const SCHEMA_FILE = 'public/scenario.v1.schema.json';
export const LESSON_SCHEMA_FILE = 'public/lesson.v1.schema.json';

/** The JSON schema of a scenario, as text. It says how a document is written; names and sums are checked by reading it. */
export const schemaText = (): string =>
  textOf(
    documentForm,
    'Pagescope scenario, version 1',
    'A simulated x86-64 machine and what happens on it, in order. Wherever a whole number stands, a string may stand too: ' +
      'decimal or hex, with _ or spaces between digits ("0x4400_0000_0000"); above 2^53 it must. ' +
      `Limits: ${limitsText(DOCUMENT_LIMITS)}.`,
  );

/** That of a lesson. */
export const lessonSchemaText = (): string =>
  textOf(
    lessonForm,
    'Pagescope lesson, version 1',
    'A guided tour of a scenario in short moves, with questions that the machine answers. Wherever a whole number stands, a string may ' +
      `stand too, decimal or hex. Limits: ${limitsText(LESSON_LIMITS)}.`,
  );

function textOf(form: Form<unknown>, title: string, description: string): string {
  const schema = toJsonSchema(form, { target: 'draft-2020-12', typeMode: 'input' });
  const described = {
    $schema: schema.$schema,
    title,
    description,
    ...schema,
    $defs: {
      integerText: {
        description: 'A whole number in decimal (42) or hex (0x2a), with _ or spaces between digits if you like.',
        type: 'string',
        pattern: INTEGER_TEXT,
      },
    },
  };
  return `${JSON.stringify(described, undefined, 2)}\n`;
}

const limitsText = (limits: Readonly<Record<string, DocumentLimit>>): string =>
  Object.entries(limits)
    .filter(([name]) => name !== 'problems')
    .map(([name, { max, why }]) => `${name} ${max} (${why})`)
    .join('; ');

/** `npm run schema` writes the files that the site serves. */
export function main(args: readonly string[]): number {
  if (args.length > 0) {
    process.stderr.write('schema takes no arguments.\n');
    return 2;
  }
  writeFileSync(SCHEMA_FILE, schemaText());
  writeFileSync(LESSON_SCHEMA_FILE, lessonSchemaText());
  process.stdout.write(`${SCHEMA_FILE}\n${LESSON_SCHEMA_FILE}\n`);
  return 0;
}
