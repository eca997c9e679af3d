/**
 * What a source file says of itself, for the architecture test. It is parsed, so comments and strings never match, and
 * a name that the file declares (a parameter called `history`) is not the global of that name.
 */
import { parseSync } from 'vite';

export interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

export interface Facts {
  readonly imports: readonly Import[];
  /** Globals (`Date`, `Math.random`), syntax (`await`) and imported names (`d3 zoom`). */
  readonly uses: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const GLOBAL_OBJECTS = new Set(['window', 'self', 'globalThis', 'document']);

/** Fields that hold a name which is no reference to a variable, unless the node is computed. */
const NAMING_FIELDS = new Set(['key', 'property', 'imported', 'exported', 'label', 'meta', 'right:TSQualifiedName']);
const isNaming = (node: Node, field: string): boolean =>
  node['computed'] !== true && (NAMING_FIELDS.has(field) || NAMING_FIELDS.has(`${field}:${node.type}`));

const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' ? String(value['name']) : undefined;

const isTypeOnly = (node: Node): boolean => {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const names = (node['specifiers'] ?? []) as readonly Node[];
  return names.length > 0 && names.every((name) => name['importKind'] === 'type' || name['exportKind'] === 'type');
};

export function factsOf(file: string, source: string): Facts {
  const imports: Import[] = [];
  const uses = new Set<string>();
  const declared = new Set<string>();
  const mentioned = new Set<string>();

  const importing = (from: unknown, typeOnly: boolean, names: readonly Node[] = []): void => {
    if (!isNode(from) || typeof from['value'] !== 'string') return;
    const specifier = from['value'];
    imports.push({ from: specifier, typeOnly });
    if (typeOnly) return;
    const packageName = packageOf(specifier);
    if (packageName !== undefined) uses.add(packageName);
    if (/\?(shared)?worker/.test(specifier)) uses.add('?worker');
    for (const name of names) uses.add(`${specifier} ${nameOf(name['imported']) ?? '*'}`);
  };

  /** Every binding counts for the whole file: a scope would be more exact, and has not been needed. */
  const declaring = (pattern: unknown): void => {
    if (Array.isArray(pattern)) return pattern.forEach(declaring);
    if (!isNode(pattern)) return;
    if (pattern.type === 'Identifier') declared.add(String(pattern['name']));
    for (const field of ['left', 'argument', 'elements', 'properties', 'value', 'parameter']) declaring(pattern[field]);
  };

  const visit = (node: Node): void => {
    const object = nameOf(node['object']);
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        importing(node['source'], isTypeOnly(node), (node['specifiers'] ?? []) as readonly Node[]);
        break;
      case 'TSImportType':
        importing(node['source'], true);
        break;
      case 'ImportExpression':
        uses.add('import()');
        importing(node['source'], false);
        break;
      case 'AwaitExpression':
        uses.add('await');
        break;
      case 'MemberExpression':
        if (object !== undefined && node['computed'] !== true) mentioned.add(`${object}.${nameOf(node['property'])}`);
        break;
      case 'CallExpression': {
        const callee = isNode(node['callee']) ? node['callee'] : undefined;
        const isGlob = isNode(callee?.['object']) && callee['object'].type === 'MetaProperty';
        if (isGlob && nameOf(callee['property']) === 'glob') importing((node['arguments'] as unknown[])[0], false);
        break;
      }
      default:
    }
    if (node['async'] === true || node['await'] === true) uses.add('async');
    declaring(node['params']);
    declaring(node['param']);
    declaring(node['local']);
    if (node.type !== 'ExpressionStatement') declaring(node['id']);
    for (const [field, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!isNode(child)) continue;
        const name = nameOf(child);
        if (name !== undefined && !isNaming(node, field)) mentioned.add(name);
        visit(child);
      }
    }
  };

  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  visit(program as unknown as Node);

  for (const name of mentioned) {
    const [object = '', member] = name.split('.');
    if (declared.has(object)) continue;
    uses.add(name);
    if (member !== undefined && GLOBAL_OBJECTS.has(object)) uses.add(member);
  }
  return { imports, uses };
}

/** `d3` of `d3`, `@scope/name` of `@scope/name/file.css`; undefined for a file of ours. */
export function packageOf(specifier: string): string | undefined {
  if (/^[./]/.test(specifier)) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
