import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LESSON_SCHEMA_FILE, lessonSchemaText, SCHEMA_FILE, schemaText } from './schema';

test('the schemas that the site serves are up to date; npm run schema writes them', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText());
  expect(readFileSync(LESSON_SCHEMA_FILE, 'utf8')).toBe(lessonSchemaText());
});

test('every operation says what it is, and no value is left open', () => {
  const schema = JSON.parse(schemaText()) as { properties: { ops: { items: { oneOf: Operation[] } } } };
  const operations = schema.properties.ops.items.oneOf.flatMap((one) => one.oneOf ?? [one]);
  expect(operations.length).toBeGreaterThan(20);
  for (const { description } of operations) expect(description).toBeTruthy();
  expect(schemaText().replaceAll('"default": {}', '')).not.toMatch(/: \{\}/);
});

interface Operation {
  readonly description?: string;
  readonly oneOf?: readonly Operation[];
}
