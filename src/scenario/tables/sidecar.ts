import { hex } from '../../base/number';
import { err, ok, type Result } from '../../base/result';
import { PAGE_SIZE } from '../../machine/address';
import type { MachineConfig } from '../../machine/config';
import { printConfig } from '../print-config';

/** What goes beside the bytes of tables: where they stood, CR3, and the machine around them. docs/export.md describes it. */
export interface Sidecar {
  readonly root: number;
  /** The frames of the file, in its order. */
  readonly frames: readonly Frames[];
  /** As a document writes it. */
  readonly config: Readonly<Record<string, unknown>>;
}
interface Frames {
  readonly mpn: number;
  readonly count: number;
}

const FORMAT = 'pagescope-tables';

/** The machine is told without its tables and without a linear alias, which are in the image. */
export function printSidecar(root: number, frames: readonly Frames[], config: MachineConfig): string {
  const { image: _, ...machine } = printConfig({ ...config, alias: undefined });
  const value = {
    format: FORMAT,
    version: 1,
    cr3: hex(root * PAGE_SIZE),
    frames: frames.map(({ mpn, count }) => ({ mpn: hex(mpn), count })),
    config: machine,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSidecar = (value: unknown): boolean => isObject(value) && value['format'] === FORMAT;

/** Reads one, as JSON.parse gives it. The configuration is checked when the machine is made. */
export function readSidecar(value: unknown): Result<Sidecar> {
  if (!isObject(value) || !isSidecar(value)) return err(`format must be "${FORMAT}"`);
  const { version, cr3, frames, config } = value;
  if (version !== 1) return err(`version is ${JSON.stringify(version)}; this Pagescope reads version 1`);
  const address = numberOf(cr3);
  if (address === undefined || address % PAGE_SIZE !== 0)
    return err('cr3 must be the address of the PML4 as "0x…", a multiple of 4096');
  if (!Array.isArray(frames) || frames.length === 0) return err('frames must list the frames of the file');
  const spans = frames.map((one: unknown) =>
    isObject(one) ? { mpn: numberOf(one['mpn']), count: numberOf(one['count']) } : {},
  );
  const wrong = spans.findIndex(({ mpn, count }) => mpn === undefined || !count);
  if (wrong >= 0) return err(`frames[${wrong}] must have mpn and count, such as {"mpn": "0x1000", "count": 4}`);
  if (!isObject(config)) return err('config must be an object: the machine around the tables');
  return ok({ root: address / PAGE_SIZE, frames: spans as readonly Frames[], config });
}

function numberOf(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text)) return undefined;
  return Number(text);
}
