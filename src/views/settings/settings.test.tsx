import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { INVALIDATE_ACTS, OTHER_ACTS } from '../../machine/act-text';
import { libraryScenario } from '../../scenario/library-files';
import { wholeConfig } from '../../scenario';
import { Acts, type ActsProps } from '../invalidate/acts';
import { Access } from '../access/access';
import { endsOf } from '../access/tally';
import { getAt, withAt } from './paths';
import { Settings, type SettingsProps } from './settings';
import { sectionOf, SECTIONS, SECTION_PARTS } from './types';

const nothing = (): void => undefined;
const config = wholeConfig(libraryScenario('example-2')!.config);
const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const settings = (change: Partial<SettingsProps>): string =>
  renderToStaticMarkup(
    <Settings
      draft={{ config, now: { control: {}, pat: {}, policies: {}, mtrrs: undefined } }}
      problems={{}}
      section="processors"
      when="start"
      step={37}
      start={config}
      force={config}
      others={[]}
      moved={0}
      dirty={false}
      resumed={false}
      onChange={nothing}
      onSection={nothing}
      onWhen={nothing}
      onReset={nothing}
      onApply={nothing}
      onCancel={nothing}
      onClose={nothing}
      {...change}
    />,
  );

describe('the settings dialog', () => {
  test('sets every part of a configuration', () => {
    const parts = SECTIONS.flatMap((section) => SECTION_PARTS[section]);
    expect(parts.toSorted()).toEqual(Object.keys(config).toSorted());
    expect(sectionOf('config.tlb.l2')).toBe('processors');
    expect(sectionOf('now.policies.lazyPages')).toBe('policies');
  });

  test.each(SECTIONS)('every field of %s has a label, and every rule its tag', (section) => {
    const html = settings({ section });
    const ids = [...html.matchAll(/<(?:input|select)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    for (const id of ids) expect(html).toContain(`for="${id}"`);
    expect(html).toMatch(/class="tag">[HAEM]/);
  });

  test('a mistake stands beside its field, is counted in its section and named from others', () => {
    const problems = { 'config.maxPhyAddr': '"99" must be a whole number' };
    const here = settings({ problems, dirty: true });
    expect(here).toMatch(/aria-invalid="true" aria-describedby="([^"]+)"[\s\S]*id="\1">&quot;99&quot; must be/);
    expect(text(here)).toContain('Processors and TLBs 1 wrong');
    expect(here).toMatch(/aria-disabled="true"[^>]*>Apply/);
    expect(text(settings({ problems, section: 'costs' }))).toContain('Something is wrong in Processors and TLBs');
  });

  test('what is in force stands beside what the document says', () => {
    const force = {
      ...config,
      control: { ...config.control, 'EFER.NXE': false },
      policies: { ...config.policies, lazyPages: '9' },
    };
    expect(text(settings({ section: 'registers', force }))).toContain(
      'from the start 1 · in force at step 37 0 (changed on the way)',
    );
    expect(text(settings({ section: 'policies', force }))).toContain('from the start 64 · in force at step 37 9');
    const now = settings({ section: 'registers', force, when: 'now' });
    expect(now).toMatch(/<input type="checkbox"\/> *EFER\.NXE/);
    expect(settings({ section: 'registers', force })).toMatch(/<input type="checkbox" checked=""\/> *EFER\.NXE/);
    expect(text(settings({ section: 'mtrrs', when: 'now' }))).toContain('Change them from here on');
  });
});

describe('a tree of fields', () => {
  test('is changed at one place and shared elsewhere', () => {
    const tree = { a: [{ b: 1 }, { b: 2 }], c: {} };
    const next = withAt(tree, ['a', 1, 'b'], 3);
    expect(next).toEqual({ a: [{ b: 1 }, { b: 3 }], c: {} });
    expect([next.a[0], next.c]).toEqual([tree.a[0], tree.c]);
    expect(next.a[0]).toBe(tree.a[0]);
    expect(getAt(next, ['a', 1, 'b'])).toBe(3);
    expect(getAt(next, ['x', 'y'])).toBeUndefined();
  });
});

describe('the acts at an address', () => {
  const draft = {
    ...{ pcpu: 1, pcid: '7', keep: true, module: '', name: '', resource: '', reservation: '' },
    ...{ start: '0', length: '', ioAttrs: 1 },
  };
  const common: Omit<ActsProps<string>, 'acts' | 'act' | 'name'> = {
    draft,
    pcpus: 4,
    modules: ['net'],
    resources: ['nic'],
    reservations: [],
    problems: { pcid: 'is wrong', name: 'is empty' },
    last: undefined,
    onAct: nothing,
    onChoose: nothing,
    onChange: nothing,
  };

  test('each says what it drops and keeps, with its tag', () => {
    const html = renderToStaticMarkup(<Acts {...common} name="Invalidate" acts={INVALIDATE_ACTS} act="cr3" />);
    expect(text(html)).toContain('bit 63 of the source keeps them. A SDM 4.10.4.1');
    expect(html).toContain('PCID is wrong');
  });

  test('a field that is still empty is not called wrong', () => {
    const html = renderToStaticMarkup(<Acts {...common} name="Other calls" acts={OTHER_ACTS} act="register" />);
    expect(html).not.toContain('aria-invalid');
    expect(html.match(/checked=""/g)).toHaveLength(1);
  });

  test('accesses are told apart by how they ended, each counted once', () => {
    const tally = { hits1: 3, hits2: 1, walks: 6, faults: 2, spurious: 1 };
    expect(endsOf(10, tally)).toEqual({ L1: 3, L2: 1, walk: 3, spurious: 1, fault: 2 });
    const access = {
      pcpu: 1,
      kind: 'write',
      privilege: 'user',
      ac: true,
      count: '1',
      stride: '8',
      value: '5',
    } as const;
    const last = { index: 0, state: 'done', label: 'access', says: 'x', cycles: {}, total: 1, access: tally } as const;
    const html = renderToStaticMarkup(
      <Access
        {...{ access, last, pcpus: 4, problems: undefined, count: 10 }}
        {...{ onChange: nothing, onAct: nothing, onConsider: nothing }}
      />,
    );
    expect(text(html)).toContain('L1 hit 3 L2 hit 1 walk 3 spurious fault 1 fault 2');
    expect(html).toMatch(/aria-pressed="true"[^>]*>write as user/);
    expect(html).toMatch(/Value<\/label>/);
  });
});
