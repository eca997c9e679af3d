import { ENTRY_NAMES, SIZE_NAMES } from '../../machine/address';
import { rightsText, US, type FaultReason } from '../../machine/rights';
import { ERROR_BITS, type Fault } from '../../machine/walk';
import type { WalkEnd, WalkPicture } from '../../engine/picture';
import { Icon } from '../icons';
import { Hex } from '../number';

/** Where a walk ends: at the frame, or at the fault that stopped it. */
export function End({ walk }: { readonly walk: WalkPicture }) {
  return walk.end.kind === 'page' ? <Frame end={walk.end} /> : <Stop fault={walk.end.fault} />;
}

function Frame({ end }: { readonly end: Extract<WalkEnd, { kind: 'page' }> }) {
  const { mpn, ma, rights, type, region, owner, level } = end;
  return (
    <div className="frame-box">
      <h3>
        frame <small>{SIZE_NAMES[level]}</small>
      </h3>
      <p className="mpn">
        MPN <Hex value={mpn} />
      </p>
      <dl>
        <dt>address</dt>
        <dd>
          <Hex value={ma} />
        </dd>
        <dt>memory</dt>
        <dd>{region ?? 'hole'}</dd>
        {owner !== undefined && (
          <>
            <dt>owner</dt>
            <dd>{owner}</dd>
          </>
        )}
        <dt>rights</dt>
        <dd>{rightsText(rights)}</dd>
        <dt>mode</dt>
        <dd>{rights & US ? 'user' : 'kernel'}</dd>
        <dt>type</dt>
        <dd>{type.effective}</dd>
      </dl>
    </div>
  );
}

const WHY: Readonly<Record<FaultReason, string>> = {
  'not-present': 'the entry is not present',
  'rsvd-phys': 'an address bit beyond MAXPHYADDR is set',
  'rsvd-ps-pml4e': 'bit 7 of a PML4E is reserved and set',
  'rsvd-large-low': 'a reserved low bit of a large page is set',
  'rsvd-nx': 'bit 63 is set while NXE is off',
  'user-supervisor': 'user mode has no right to a kernel page',
  smep: 'the kernel may not fetch from a user page (SMEP)',
  smap: 'the kernel may not touch a user page (SMAP)',
  'write-ro-user': 'the page is read-only',
  'write-ro-wp': 'the page is read-only and CR0.WP is on',
  nx: 'the page is not executable',
  noncanonical: 'bits 63:47 of the address are not all equal',
};

function Stop({ fault }: { readonly fault: Fault }) {
  const { vector, reason, errorCode, level, bit } = fault;
  const codes = ERROR_BITS.filter((one) => (errorCode >> one.bit) & 1).map(({ name }) => name);
  return (
    <div className="frame-box fault">
      <h3>
        <Icon name="alert" /> #{vector}
      </h3>
      <p>{WHY[reason]}</p>
      <dl>
        {level !== undefined && (
          <>
            <dt>stops at</dt>
            <dd>
              {ENTRY_NAMES[level]}
              {bit !== undefined && ` bit ${bit}`}
            </dd>
          </>
        )}
        <dt>error code</dt>
        <dd>
          {errorCode} {codes.length > 0 && `(${codes.join(' ')})`}
        </dd>
      </dl>
    </div>
  );
}
