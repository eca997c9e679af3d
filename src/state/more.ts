import { unreachable } from '../base/assert';
import { INVALIDATE_ACTS, OTHER_ACTS, type InvalidateAct, type OtherAct } from '../machine/act-text';
import type { Op } from '../machine/op';
import { IO_ATTRS, type IoAttrName } from '../machine/vmkapi';
import type { Scenario } from '../scenario';
import { isName } from '../scenario/form-name';
import { DOCUMENT_LIMITS } from '../scenario/limits';
import type { MoreDraft, Reading, Target } from './draft';
import { freshName } from './insert';
import { onPcpu, Reader } from './read-draft';

/** The act that a tab has chosen; the first of its list when what is kept has no such name. */
export const invalidateAct = ({ invalidate }: MoreDraft): InvalidateAct =>
  Object.hasOwn(INVALIDATE_ACTS, invalidate) ? (invalidate as InvalidateAct) : 'invlpg';
export const otherAct = ({ other }: MoreDraft): OtherAct =>
  Object.hasOwn(OTHER_ACTS, other) ? (other as OtherAct) : 'va2ma';

type At = Pick<Target, 'address' | 'pcpus'>;

/** Makes the operation that the chosen act stands for, or says which fields keep it from being made. */
export function readMore(
  act: InvalidateAct | OtherAct,
  draft: MoreDraft,
  document: Scenario,
  { address, pcpus }: At,
): Reading {
  const reader = new Reader();
  const op = opOf(act, draft, document, address, reader);
  return onPcpu(draft.pcpu, { pcpus }, reader.failed ? { problems: reader.problems } : { op });
}

const MAX_PCID = 4095n;

function opOf(
  act: InvalidateAct | OtherAct,
  draft: MoreDraft,
  document: Scenario,
  at: Target['address'],
  reader: Reader,
): Op {
  const { pcpu, module, resource, reservation } = draft;
  const pcid = (): number => Number(reader.number('pcid', draft.pcid, MAX_PCID));
  const invpcid = (type: 0 | 1 | 2 | 3, of: number, where = {}): Op => ({
    ...{ op: 'invalidate', pcpu, how: 'invpcid', type, pcid: of },
    ...where,
  });
  switch (act) {
    case 'invlpg':
      return { op: 'invalidate', pcpu, how: 'invlpg', at };
    case 'invpcid0':
      return invpcid(0, pcid(), { at });
    case 'invpcid1':
      return invpcid(1, pcid());
    case 'invpcid2':
      return invpcid(2, 0);
    case 'invpcid3':
      return invpcid(3, 0);
    case 'cr3':
      return { op: 'invalidate', pcpu, how: 'cr3', pcid: pcid(), keep: draft.keep };
    case 'pge':
      return { op: 'invalidate', pcpu, how: 'pge' };
    case 'mask':
    case 'unmask':
      return { op: 'mask', pcpu, masked: act === 'mask' };
    case 'flush':
      return { op: 'flush', pcpu };
    case 'sync':
      return { op: 'sync' };
    case 'va2ma':
      return { op: 'va2ma', pcpu, at, length: reader.number('length', draft.length) };
    case 'load':
      return { op: 'load', pcpu, module: named(draft.name, DOCUMENT_LIMITS.moduleName.max, reader) };
    case 'unload':
      return { op: 'unload', pcpu, module: chosen('module', module, reader) };
    case 'register':
      return {
        op: 'register',
        pcpu,
        resource: named(draft.name, DOCUMENT_LIMITS.name.max, reader),
        start: reader.number('start', draft.start),
        length: reader.number('length', draft.length),
        attrs: (Object.keys(IO_ATTRS) as IoAttrName[]).filter((name) => draft.ioAttrs & IO_ATTRS[name]),
      };
    case 'reserve': {
      const as = freshName(document, `${resource.slice(0, 56)}-`);
      return {
        op: 'reserve',
        pcpu,
        as,
        module: chosen('module', module, reader),
        resource: chosen('resource', resource, reader),
      };
    }
    case 'release':
      return { op: 'release', pcpu, reservation: chosen('reservation', reservation, reader) };
    default:
      return unreachable(act);
  }
}

/** A name as a document takes it. */
function named(text: string, max: number, reader: Reader): string {
  const name = text.trim();
  if (!isName(name, max)) {
    const what = name === '' ? 'is empty' : `is "${name.slice(0, 40)}"`;
    reader.problems['name'] = `${what}; write at most ${max} characters: a letter or _, then letters, digits, _ . or -`;
  }
  return name;
}

function chosen(field: string, name: string, reader: Reader): string {
  if (name === '') reader.problems[field] = 'is not chosen';
  return name;
}
