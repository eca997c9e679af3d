import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCHEMA_FILE, schemaText } from './schema';

test('the schema that the site serves is up to date; npm run schema writes it', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText());
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
