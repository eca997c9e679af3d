import { done, type Act } from '../act';
import type { Machine } from '../machine';
import type { RegisterOp, ReleaseOp, ReserveOp } from '../op';
import { IO_ATTRS } from '../vmkapi';
import { findModule } from './check-map';

/** vmk_IOResourceRegister: the resource must be new and overlap no other (VMK_FAILURE in vmkapi 2.0). */
export function register(m: Machine, op: RegisterOp): Act {
  const cycles = m.costs.call;
  const start = Number(op.start);
  const length = Number(op.length);
  if (length === 0)
    return done({ status: 'VMK_BAD_PARAM', field: 'length', says: 'A resource needs at least 1 byte.' }, cycles);
  if (start + length > 2 ** m.config.maxPhyAddr) {
    return done(
      { status: 'VMK_BAD_PARAM', field: 'start', says: `The resource ends beyond MAXPHYADDR ${m.config.maxPhyAddr}.` },
      cycles,
    );
  }
  const clash = m.state.resources.find((other) => start < other.start + other.length && other.start < start + length);
  if (clash)
    return done({ status: 'VMK_FAILURE', field: 'start', says: `The bytes overlap resource ${clash.name}.` }, cycles);
  const attrs = op.attrs.reduce((sum, name) => sum | IO_ATTRS[name], 0);
  m.update({ resources: [...m.state.resources, { name: op.resource, start, length, attrs }] });
  return done({ status: 'VMK_OK', says: `Resource ${op.resource} is registered.` }, cycles);
}

/** vmk_IOResourceReserve: one reservation at a time unless the resource is SHAREABLE. */
export function reserve(m: Machine, op: ReserveOp): Act {
  const cycles = m.costs.call;
  const module = findModule(m, op.module);
  if (!module)
    return done({ status: 'VMK_INVALID_MODULE', field: 'module', says: `Module ${op.module} is not loaded.` }, cycles);
  const resource = m.state.resources.find(({ name }) => name === op.resource);
  if (!resource)
    return done(
      { status: 'VMK_BAD_ADDR_RANGE', field: 'resource', says: `No resource is called ${op.resource}.` },
      cycles,
    );
  if (m.state.reservations.some(({ name }) => name === op.as)) {
    return done({ status: 'VMK_EXISTS', field: 'as', says: `A reservation called ${op.as} is live.` }, cycles);
  }
  const other = m.state.reservations.find((reservation) => reservation.resource === op.resource);
  if (other && !(resource.attrs & IO_ATTRS.SHAREABLE)) {
    return done(
      {
        status: 'VMK_NOT_SHARED',
        field: 'resource',
        says: `${op.resource} is not SHAREABLE and is reserved as ${other.name}.`,
      },
      cycles,
    );
  }
  m.update({ reservations: [...m.state.reservations, { name: op.as, module: module.id, resource: op.resource }] });
  return done({ status: 'VMK_OK', says: `${module.name} holds ${op.resource} as ${op.as}.` }, cycles);
}

/** vmk_IOResourceRelease. A reservation that a live mapping stands on is kept [M]. */
export function release(m: Machine, op: ReleaseOp): Act {
  const cycles = m.costs.call;
  const { reservations, mappings } = m.state;
  if (!reservations.some(({ name }) => name === op.reservation)) {
    return done(
      { status: 'VMK_INVALID_HANDLE', field: 'reservation', says: `${op.reservation} is no live reservation.` },
      cycles,
    );
  }
  if ([...mappings.values()].some(({ reservation }) => reservation === op.reservation)) {
    return done(
      { status: 'VMK_BUSY', field: 'reservation', says: `A live mapping stands on ${op.reservation}; unmap it first.` },
      cycles,
    );
  }
  m.update({ reservations: reservations.filter(({ name }) => name !== op.reservation) });
  return done({ status: 'VMK_OK', says: `${op.reservation} is released.` }, cycles);
}
