import { CONTROL_BITS, type ControlName } from '../../machine/control-bits';
import { MTRR_TYPES, PAT_TYPES } from '../../machine/memory-type';
import { VARIABLE_PAIRS } from '../../machine/mtrr';
import { LIMITS, POLICIES, type LimitName, type PolicyName } from '../../machine/config';
import { CONTROL_SETTING, POLICY_SETTING, SHAPE_SETTING } from '../../machine/setting-text';
import { ChoiceAt, FlagAt, Group, Says, TextAt, useAt } from './form';
import { Rows } from './rows';
import { useSetting, Values, WhenChoice } from './when';

/** The control bits and the slots of IA32_PAT. */
export function RegistersSection() {
  return (
    <>
      <WhenChoice />
      {(Object.keys(CONTROL_BITS) as ControlName[]).map((name) => (
        <ControlBit key={name} name={name} />
      ))}
      <Group title="IA32_PAT" text={SHAPE_SETTING.pat}>
        <div className="pat-slots">
          {Array.from({ length: 8 }, (_, slot) => (
            <PatSlot key={slot} slot={slot} />
          ))}
        </div>
      </Group>
    </>
  );
}

function ControlBit({ name }: { readonly name: ControlName }) {
  const { path, start, force } = useSetting('control', name);
  return (
    <div className="setting">
      <FlagAt label={name} path={path} fallback={force as boolean} />
      <div>
        <Says text={CONTROL_SETTING[name]} />
        <Values start={start} force={force} />
      </div>
    </div>
  );
}

function PatSlot({ slot }: { readonly slot: number }) {
  const { path, start, force } = useSetting('pat', slot);
  const bits = `PAT = ${slot >> 2}, PCD = ${(slot >> 1) & 1}, PWT = ${slot & 1}`;
  return (
    <div>
      <ChoiceAt label={`Slot ${slot}`} path={path} options={PAT_TYPES} fallback={String(force)} />
      <small>{bits}</small>
      <small className={start === force ? '' : 'differ'}>
        start {String(start)}, now {String(force)}
      </small>
    </div>
  );
}

/** Memory types by machine address. */
export function MtrrSection() {
  const { path, force } = useSetting('mtrrs');
  const { value, set } = useAt<object | undefined>(path);
  return (
    <>
      <WhenChoice />
      <Says text={SHAPE_SETTING.mtrrs} />
      {value === undefined ? (
        <div className="setting-buttons">
          <button type="button" onClick={() => set(force as object)}>
            Change them from here on
          </button>
        </div>
      ) : (
        <MtrrFields />
      )}
    </>
  );
}

function MtrrFields() {
  const { path, start, force } = useSetting('mtrrs');
  const same = JSON.stringify(start) === JSON.stringify(force);
  return (
    <>
      <p className={`values ${same ? '' : 'differ'}`}>
        {same
          ? 'At this step the MTRRs are as from the start.'
          : 'At this step other MTRRs are in force than from the start.'}
      </p>
      <div className="setting-pair">
        <FlagAt label="MTRRs enabled" path={[...path, 'enabled']} />
        <FlagAt label="Fixed entries enabled" path={[...path, 'fixedEnabled']} />
        <ChoiceAt label="Default type" path={[...path, 'defaultType']} options={MTRR_TYPES} />
      </div>
      <Group title="Fixed, below 1 MiB: what is not WB" path={[...path, 'fixed']}>
        <Rows
          path={[...path, 'fixed']}
          noun="Fixed range"
          heads={['Start MA', 'End MA', 'Type']}
          fresh={{ start: '', end: '', type: 'UC' }}
          most={88}
        >
          {(row, n) => (
            <>
              <TextAt bare label={`Fixed range ${n} start`} path={[...row, 'start']} />
              <TextAt bare label={`Fixed range ${n} end`} path={[...row, 'end']} />
              <ChoiceAt bare label={`Fixed range ${n} type`} path={[...row, 'type']} options={MTRR_TYPES} />
            </>
          )}
        </Rows>
      </Group>
      <Group title="Variable ranges" path={[...path, 'variable']}>
        <Rows<object>
          path={[...path, 'variable']}
          noun="Variable range"
          heads={['Start MA', 'Bytes', 'Type']}
          fresh={{ start: '', size: '', type: 'UC' }}
          most={VARIABLE_PAIRS}
        >
          {(row, n, pair) =>
            'base' in pair ? (
              <>
                <TextAt label={`Variable range ${n} PHYSBASE`} path={[...row, 'base']} />
                <TextAt label={`Variable range ${n} PHYSMASK`} path={[...row, 'mask']} />
                <span className="says">as registers</span>
              </>
            ) : (
              <>
                <TextAt bare label={`Variable range ${n} start`} path={[...row, 'start']} />
                <TextAt bare label={`Variable range ${n} bytes`} path={[...row, 'size']} />
                <ChoiceAt bare label={`Variable range ${n} type`} path={[...row, 'type']} options={MTRR_TYPES} />
              </>
            )
          }
        </Rows>
      </Group>
    </>
  );
}

/** What the interface leaves open, and the numbers that tune it. */
export function PoliciesSection() {
  return (
    <>
      <WhenChoice />
      {(Object.keys(POLICIES) as PolicyName[]).map((name) => (
        <Policy key={name} name={name} />
      ))}
      {(Object.keys(LIMITS) as LimitName[]).map((name) => (
        <Policy key={name} name={name} />
      ))}
    </>
  );
}

function Policy({ name }: { readonly name: PolicyName | LimitName }) {
  const { path, start, force } = useSetting('policies', name);
  return (
    <div className="setting">
      {name in POLICIES ? (
        <ChoiceAt label={name} path={path} options={POLICIES[name as PolicyName]} fallback={String(force)} />
      ) : (
        <TextAt label={name} path={path} fallback={String(force)} />
      )}
      <div>
        <Says text={POLICY_SETTING[name]} />
        <Values start={start} force={force} />
      </div>
    </div>
  );
}
