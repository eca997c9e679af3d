import './request.css';
import { MAP_ATTRS, MAP_TYPES, CONTEXTS, type MapTypeName } from '../../machine/vmkapi';
import { ATTR_TEXT } from '../../machine/vmkapi-text';
import { Choice, Field, foretelling, Problem, submitting } from '../field';
import { Panel } from '../panel';
import { Forecast } from './forecast';
import { Ranges } from './ranges';
import { Result } from './result';
import { problemsOf, type FieldProblems, type RawDraft, type RequestProps } from './types';

const TYPE_NAMES = Object.keys(MAP_TYPES) as MapTypeName[];

/** The id of the panel that the tabs fill. */
export const WAY = 'way';

export function Request(props: RequestProps) {
  const { way, forecast } = props;
  const other = way?.shown;
  return (
    <Panel name="Request" id="request" aside={props.ways}>
      <div className="request-way" {...(way && { id: WAY, role: 'tabpanel', 'aria-labelledby': `${WAY}-${way.tab}` })}>
        {other ?? <MapRequest {...props} problems={problemsOf(props)} />}
      </div>
      <div className="answers">
        {other === undefined && <Forecast forecast={forecast} />}
        <Result outcome={props.lastCall} onSelect={props.onSelect} />
      </div>
    </Panel>
  );
}

/** What can be read in the form, and what is wrong with the rest. */
type Part = RequestProps & { readonly problems: FieldProblems };

function MapRequest(props: Part) {
  const { draft, problems, onDraft } = props;
  return (
    <form aria-label="Map request" className="request" noValidate onSubmit={submitting(() => props.onAct('map'))}>
      <Caller {...props} />
      <What {...props} />
      <Attributes
        attrs={draft.attrs}
        problem={draft.raw.attrs === '' ? attrsProblem(problems) : undefined}
        onChange={(attrs) => onDraft({ attrs })}
      />
      <Raw raw={draft.raw} problems={problems} onChange={(raw) => onDraft({ raw })} />
      <Ranges
        ranges={draft.ranges}
        problems={problems}
        most={props.mostRanges}
        read={props.readRanges}
        lines={props.lines}
        onLines={props.onLines}
        onChange={(ranges) => onDraft({ ranges })}
      />
      <Buttons {...props} />
    </form>
  );
}

const attrsProblem = (problems: FieldProblems): string | undefined => problems['mapAttrs'] ?? problems['attrs'];

function Caller({ draft, modules, pcpus, problems, onDraft }: Part) {
  const nameOf = (name: string): string => {
    const module = modules.find((one) => one.name === name);
    if (!module) return `${name} (unknown)`;
    return module.loaded ? `${name} · ${module.id}` : `${name} (not loaded)`;
  };
  return (
    <div className="row three">
      <Choice
        label="Module"
        value={draft.module}
        options={modules.map(({ name }) => name)}
        name={nameOf}
        problem={draft.raw.module === '' ? problems['module'] : undefined}
        onChoose={(module) => onDraft({ module })}
      />
      <Choice
        label="PCPU"
        value={draft.pcpu}
        options={Array.from({ length: pcpus }, (_, i) => i)}
        problem={problems['pcpu']}
        onChoose={(pcpu) => onDraft({ pcpu })}
      />
      <Choice
        label="Context"
        value={draft.context}
        options={CONTEXTS}
        problem={problems['context']}
        onChoose={(context) => onDraft({ context })}
      />
    </div>
  );
}

function What({ draft, reservations, resources, problems, onDraft, onReserve }: Part) {
  return (
    <div className="row two">
      <Choice
        label="Map type"
        value={draft.mapType}
        options={TYPE_NAMES}
        name={(type) => `VMK_MAPTYPE_${type}`}
        problem={draft.raw.mapType === '' ? problems['mapType'] : undefined}
        onChoose={(mapType) => onDraft({ mapType })}
      />
      <Choice
        label="Reservation"
        value={draft.reservation}
        options={['', ...reservations]}
        name={(name) => name || 'NULL'}
        problem={problems['reservation']}
        onChoose={(reservation) => onDraft({ reservation })}
      />
      {draft.mapType === 'DEVICE' && draft.reservation === '' && resources.length > 0 && (
        <p className="hint wide">
          Reserve an IO resource for {draft.module}:{' '}
          {resources.map((resource) => (
            <button key={resource} type="button" className="link" onClick={() => onReserve(resource)}>
              {resource}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

const RAW: readonly (readonly [name: keyof RawDraft, label: string, title: string])[] = [
  ['module', 'Raw module id', 'vmk_ModuleID passed in place of the chosen module'],
  ['mapType', 'Raw type', 'mapType passed in place of the chosen one'],
  ['attrs', 'Other bits', 'Bits of mapAttrs beside the five attributes'],
];

interface RawProps {
  readonly raw: RawDraft;
  readonly problems: FieldProblems;
  readonly onChange: (raw: RawDraft) => void;
}

/** Numbers that a driver could pass and should not, to see what the call says to them. */
function Raw({ raw, problems, onChange }: RawProps) {
  const used = RAW.filter(([name]) => raw[name] !== '');
  return (
    <details className="raw">
      <summary>
        Raw values{used.length > 0 && <b> in use: {used.map(([, label]) => label.toLowerCase()).join(', ')}</b>}
      </summary>
      <div className="row raw-row">
        {RAW.map(([name, label, title]) => (
          <Field
            key={name}
            label={label}
            problem={raw[name] === '' ? undefined : name === 'attrs' ? attrsProblem(problems) : problems[name]}
          >
            {(control) => (
              <input
                {...control}
                title={title}
                placeholder="none"
                autoComplete="off"
                spellCheck={false}
                value={raw[name]}
                onChange={(event) => onChange({ ...raw, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  );
}

interface AttributesProps {
  readonly attrs: number;
  readonly problem: string | undefined;
  readonly onChange: (attrs: number) => void;
}

function Attributes({ attrs, problem, onChange }: AttributesProps) {
  return (
    <fieldset className="attributes" aria-describedby={problem === undefined ? undefined : 'attrs-problem'}>
      <legend>Attributes</legend>
      {MAP_ATTRS.map(({ name, bit }) => (
        <label key={name} title={ATTR_TEXT[name]} className="check">
          <input
            type="checkbox"
            aria-label={name}
            aria-invalid={problem !== undefined || undefined}
            checked={((attrs >> bit) & 1) === 1}
            onChange={() => onChange(attrs ^ (1 << bit))}
          />
          <span aria-hidden="true">{name}</span>
          <small aria-hidden="true">{bit}</small>
        </label>
      ))}
      <Problem id="attrs-problem" text={problem} />
    </fieldset>
  );
}

function Buttons({ mapping, onAct, onConsider }: RequestProps) {
  const title = mapping && `Acts on ${mapping.name}, the selected mapping`;
  const about = (act: 'map' | 'unmap' | 'change') => foretelling((here) => onConsider(here ? act : 'map'));
  return (
    <div className="acts">
      <button type="submit" className="primary" {...about('map')}>
        Map
      </button>
      <button type="button" disabled={!mapping} title={title} onClick={() => onAct('change')} {...about('change')}>
        Change attributes
      </button>
      <button type="button" disabled={!mapping} title={title} onClick={() => onAct('unmap')} {...about('unmap')}>
        Unmap
      </button>
      {!mapping && <span className="hint">To change or unmap, select a mapping in Mappings.</span>}
    </div>
  );
}
