import { done, type Act, type Site } from '../act';
import { PAGE_SIZE } from '../address';
import type { Machine } from '../machine';
import { VMKERNEL, type Mapping } from '../mapping';
import type { LoadOp, UnloadOp } from '../op';
import { findModule } from './check-map';

export function load(m: Machine, op: LoadOp): Act {
  const { modules } = m.state;
  if (findModule(m, op.module))
    return done({ status: 'VMK_EXISTS', field: 'module', says: `${op.module} is loaded already.` });
  const id = modules.length;
  m.update({ modules: [...modules, { id, name: op.module, loaded: true }] });
  return done({ status: 'VMK_OK', says: `${op.module} is loaded as module ${id}.` }, m.costs.call);
}

/** The live mappings of a module, with and without entries of their own. */
export const mappingsOf = (m: Machine, module: number): readonly Mapping[] =>
  [...m.state.mappings.values(), ...m.state.aliases.values()].filter((mapping) => mapping.module === module);

/** A module must have released its mappings [H]. With live ones the unload is refused, or they leak, by policy. */
export function unload(m: Machine, op: UnloadOp, { op: index, pcpu }: Site): Act {
  const cycles = m.costs.call;
  const module = findModule(m, op.module);
  if (!module)
    return done({ status: 'VMK_NOT_FOUND', field: 'module', says: `Module ${op.module} is not loaded.` }, cycles);
  if (module.id === VMKERNEL)
    return done({ status: 'VMK_BAD_PARAM', field: 'module', says: 'vmkernel cannot be unloaded.' }, cycles);
  const left = mappingsOf(m, module.id);
  const list = left.slice(0, 8).map(({ vpn, pages }) => `0x${(vpn * PAGE_SIZE).toString(16)} (${pages})`);
  const text = `${left.length} live ${left.length === 1 ? 'mapping' : 'mappings'}: ${list.join(', ')}${left.length > 8 ? ', …' : ''}`;
  if (left.length > 0 && m.state.policies.moduleUnload === 'refuse') {
    return done(
      {
        status: 'VMK_MODULE_CONSUMED_RESOURCE_COUNT_NOT_ZERO',
        field: 'module',
        says: `${module.name} still has ${text}.`,
      },
      cycles,
    );
  }
  m.update({
    modules: m.state.modules.with(module.id, { ...module, loaded: false }),
    reservations: m.state.reservations.filter((reservation) => reservation.module !== module.id),
  });
  if (left.length > 0)
    m.raise({
      rule: 'unload-leak',
      op: index,
      pcpu,
      vpn: left[0].vpn,
      says: `${module.name} left ${text}. Nobody will release them.`,
    });
  return done(
    { status: 'VMK_OK', says: `${module.name} is unloaded${left.length > 0 ? ` and leaks ${text}` : ''}.` },
    cycles,
  );
}
