import { writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { DOCUMENT_LIMITS } from '../scenario';
import { documentForm } from '../scenario/form-document';
import { INTEGER_TEXT } from '../scenario/form-number';

/** From the root of the project. */
export const SCHEMA_FILE = 'public/scenario.v1.schema.json';

/** The JSON schema of a scenario, as text. It says how a document is written; names and sums are checked by reading it. */
export function schemaText(): string {
  const schema = toJsonSchema(documentForm, { target: 'draft-2020-12', typeMode: 'input' });
  const described = {
    $schema: schema.$schema,
    title: 'Pagescope scenario, version 1',
    description:
      'A simulated x86-64 machine and what happens on it, in order. Wherever a whole number stands, a string may stand too: ' +
      'decimal or hex, with _ or spaces between digits ("0x4400_0000_0000"); above 2^53 it must. ' +
      `Limits: ${limitsText()}.`,
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

const limitsText = (): string =>
  Object.entries(DOCUMENT_LIMITS)
    .filter(([name]) => name !== 'problems')
    .map(([name, { max, why }]) => `${name} ${max} (${why})`)
    .join('; ');

/** `npm run schema` writes the file that the site serves. */
export function main(args: readonly string[]): number {
  if (args.length > 0) {
    process.stderr.write('schema takes no arguments.\n');
    return 2;
  }
  writeFileSync(SCHEMA_FILE, schemaText());
  process.stdout.write(`${SCHEMA_FILE}\n`);
  return 0;
}
