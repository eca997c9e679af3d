import { unreachable } from '../base/assert';
import { done, type Act, type Site } from './act';
import type { Machine } from './machine';
import type { Micro } from './micro';
import type { AccessOp } from './op';
import { beginAccess, faultAccess, walkAccess } from './ops/access';
import { runBurst } from './ops/burst';
import { beginChange, finishChange, flushCaches, rewriteMapping } from './ops/change';
import {
  awaitAcks,
  beginFlush,
  flushLocal,
  flushRemote,
  interrupt,
  release as releaseOwed,
  sendAck,
  sendIpis,
  unlinkHeld,
} from './ops/flushing';
import { inject } from './ops/inject';
import { invalidate } from './ops/invalidate';
import { beginMap, finishMap, linkTables, takeTables, takeVa, writeLeafEntries } from './ops/map';
import { mask } from './ops/mask';
import { load, unload } from './ops/modules';
import { poke } from './ops/poke';
import { register, release, reserve } from './ops/resources';
import { set } from './ops/set';
import { beginUnmap, clearMapping, finishUnmap } from './ops/unmap';
import { va2ma } from './ops/va2ma';

/** Carries out one micro-op: the whole instruction set in one switch. */
export function execute(m: Machine, micro: Micro, site: Site): Act {
  switch (micro.do) {
    case 'lock':
      m.update({ lock: site.pcpu });
      return { kind: 'check', cycles: m.costs.call };
    case 'begin':
      return begin(m, site);
    case 'takeVa':
      return takeVa(m, micro.work, site);
    case 'takeTables':
      return takeTables(m, micro.work, site);
    case 'writeLeaves':
      return writeLeafEntries(m, micro.work, micro.from, site);
    case 'linkTables':
      return linkTables(m, micro.work, micro.from, site);
    case 'mapDone':
      return finishMap(m, micro.work, site);
    case 'clearEntries':
      return clearMapping(m, micro.mapping, micro.flushed, site);
    case 'unmapDone':
      return finishUnmap(m, micro.mapping, micro.deferred, site);
    case 'rewriteEntries':
      return rewriteMapping(m, micro.mapping, micro.attrs, micro.phase);
    case 'flushCaches':
      return flushCaches(m, micro.mapping, micro.lines, site);
    case 'changeDone':
      return finishChange(m, micro.mapping, micro.attrs, site);
    case 'unlinkHeld':
      return unlinkHeld(m, site);
    case 'flushLocal':
      return flushLocal(m, micro.shootdown, site);
    case 'sendIpis':
      return sendIpis(m, micro.shootdown, site);
    case 'awaitAcks':
      return awaitAcks(m, micro.shootdown, micro.since, site);
    case 'release':
      return releaseOwed(m, micro.shootdown);
    case 'flushDone':
      return done({ says: 'Everything held back was flushed and given back.' }, m.costs.call);
    case 'interrupt':
      return interrupt(m, micro.shootdown, micro.from, site);
    case 'flushRemote':
      return flushRemote(m, micro.shootdown, site);
    case 'sendAck':
      return sendAck(m, micro.shootdown, micro.to, site);
    case 'walk':
      return walkAccess(m, accessOp(m, site), micro.touch, site);
    case 'fault':
      return faultAccess(m, accessOp(m, site), micro.touch, site);
    case 'burst':
      return runBurst(m, accessOp(m, site), micro.done, micro.touch, site);
    default:
      return unreachable(micro);
  }
}

const accessOp = (m: Machine, { op }: Site): AccessOp => m.ops[op] as AccessOp;

/** The first act of an operation. */
function begin(m: Machine, site: Site): Act {
  const op = m.ops[site.op];
  switch (op.op) {
    case 'map':
      return beginMap(m, op, site);
    case 'unmap':
      return beginUnmap(m, op, site);
    case 'change':
      return beginChange(m, op, site);
    case 'access':
      return beginAccess(m, op, site);
    case 'poke':
      return poke(m, op, site);
    case 'invalidate':
      return invalidate(m, op, site);
    case 'set':
      return set(m, op, site);
    case 'mask':
      return mask(m, op, site);
    case 'fault':
      return inject(m, op, site);
    case 'sync':
      return done({ says: 'Every PCPU is idle.' });
    case 'flush':
      return beginFlush(m, site);
    case 'load':
      return load(m, op);
    case 'unload':
      return unload(m, op, site);
    case 'register':
      return register(m, op);
    case 'reserve':
      return reserve(m, op);
    case 'release':
      return release(m, op);
    case 'va2ma':
      return va2ma(m, op);
    default:
      return unreachable(op);
  }
}
