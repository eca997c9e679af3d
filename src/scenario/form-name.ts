import { err, ok, type Result } from '../base/result';
import { leaf, type Form } from './form';
import { integerJson, readInteger } from './form-number';
import { DOCUMENT_LIMITS } from './limits';

/** Names begin with a letter or _, so that no name can be taken for a number. */
const PATTERN = '^[A-Za-z_][A-Za-z0-9_.-]*$';
const NAME = new RegExp(PATTERN);

const nameRule = (max: number): string =>
  `must be a name of at most ${max} characters: a letter or _, then letters, digits, _ . or -`;

export const isName = (text: string, max: number = DOCUMENT_LIMITS.name.max): boolean =>
  text.length <= max && NAME.test(text);

function readName(value: unknown, max: number): Result<string> {
  return typeof value === 'string' && isName(value, max) ? ok(value) : err(nameRule(max));
}

const nameJson = (max: number) => ({ type: 'string', pattern: PATTERN, maxLength: max });

export const name = (max: number = DOCUMENT_LIMITS.name.max): Form<string> =>
  leaf(nameJson(max), (value) => readName(value, max));

/** Any text up to a length. */
export const text = (max: number): Form<string> =>
  leaf({ type: 'string', maxLength: max }, (value) =>
    typeof value === 'string' && value.length <= max ? ok(value) : err(`must be text of at most ${max} characters`),
  );

const MODULE_MAX = DOCUMENT_LIMITS.moduleName.max;
/** vmk_ModuleID is a signed int; VMK_INVALID_MODULE_ID is written as an unsigned one. */
const ID_MIN = -(2 ** 31);
const ID_MAX = 0xffff_ffff;

/** A module by name, or by a raw vmk_ModuleID that need not exist. */
export const moduleRef: Form<string | number> = leaf(
  { anyOf: [nameJson(MODULE_MAX), ...(integerJson(ID_MIN, ID_MAX)['anyOf'] as unknown[])] },
  (value): Result<string | number> => {
    if (typeof value === 'string' && isName(value, MODULE_MAX)) return ok(value);
    const id = readInteger(value, ID_MIN, ID_MAX);
    return id.ok ? id : err('must be the name of a module or a vmk_ModuleID, a number of 32 bits');
  },
);
export const moduleName = name(MODULE_MAX);
