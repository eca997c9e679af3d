import { describe, expect, test } from 'vitest';
import { LIBRARY, libraryScenario } from '../scenario/library-files';
import { wholeConfig, type Scenario } from '../scenario';
import { checkSettings, DEFAULTS, inForceOf, isShort, NOTHING_NOW, settingsOf, type SettingsDraft } from './settings';

const example = libraryScenario('example-2')!;
const force = wholeConfig(example.config);
const check = (draft: SettingsDraft, document: Scenario = example, thorough = true) =>
  checkSettings(document, draft, wholeConfig(document.config), thorough);
const withConfig = (change: Partial<SettingsDraft['config']>): SettingsDraft => ({
  config: { ...settingsOf(example).config, ...change },
  now: NOTHING_NOW,
});

describe('the settings of a document', () => {
  test.each(LIBRARY)('of $id are read back as they were written', ({ id }) => {
    const document = libraryScenario(id)!;
    expect(check(settingsOf(document), document)).toEqual({ problems: {}, others: [], moved: 0 });
    const { control } = settingsOf(document).config;
    const other = { ...settingsOf(document).config, control: { ...control, 'CR4.PGE': !control['CR4.PGE'] } };
    const { revision } = check({ config: other, now: NOTHING_NOW }, document);
    expect(revision?.ops).toEqual([]);
    expect(revision?.document).toEqual({
      ...document,
      config: { ...document.config, control: { ...document.config.control, pge: !document.config.control.pge } },
    });
  });

  test('another number of PCPUs moves the operations of those that go', () => {
    const { revision, moved } = check(withConfig({ pcpus: '2' }));
    const beyond = example.ops.filter((op) => op.op !== 'sync' && op.pcpu > 1).length;
    expect(moved).toBe(beyond);
    expect(moved).toBeGreaterThan(0);
    expect(revision?.document.config.pcpus).toBe(2);
    expect(revision?.document.ops.every((op) => op.op === 'sync' || op.pcpu < 2)).toBe(true);
    expect(revision?.document.ops).toHaveLength(example.ops.length);
  });

  test('another MAXPHYADDR writes the same MTRR ranges into other registers', () => {
    const { revision } = check(withConfig({ maxPhyAddr: '40' }));
    expect(revision?.document.config.maxPhyAddr).toBe(40);
    expect(revision?.document.config.mtrrs.variable[0].mask).toBe(0xff_c000_0800n);
  });

  test.each([
    [{ maxPhyAddr: '99' }, 'config.maxPhyAddr', '"99" must be a whole number from 36 to 52'],
    [{ pcpus: '' }, 'config.pcpus', 'is empty; it must be'],
    [{ pcpus: 'two' }, 'config.pcpus', '"two" must be'],
    [{ modules: ['net', 'net'] }, 'config.modules.1', 'must be unique'],
    [{ window: { va: '0x123', pages: '' } }, 'config.window.va', 'multiple of 4096'],
    [{ tablePool: { startMPN: '0xe0000', pages: '64' } }, 'config.tablePool', 'must lie in RAM'],
    [{ tlb: { ...force.tlb, l2: { entries: '7', ways: '2' } } }, 'config.tlb.l2', 'power of two of sets'],
    [
      { mtrrs: { ...force.mtrrs, variable: [{ start: '0x1000', size: '0x3000', type: 'UC' }] } },
      'config.mtrrs.variable.0',
      'no power of two',
    ],
    [
      { regions: [...force.regions, { kind: 'ram', name: 'x', startMPN: '0', pages: '1' }] },
      `config.regions.${force.regions.length}`,
      'must fit',
    ],
  ] satisfies [Partial<SettingsDraft['config']>, string, string][])('%j is refused at %s', (change, field, says) => {
    const { problems, revision } = check(withConfig(change));
    expect(problems[field]).toContain(says);
    expect(revision).toBeUndefined();
  });

  test('what operations need and the machine no longer has is said in full', () => {
    const { others, problems } = check(withConfig({ modules: ['other'] }));
    expect(problems).toEqual({});
    expect(others[0]).toMatch(/^ops\[0\]\.module is "net": must name a module/);
    expect(check(withConfig({ modules: ['other'] }), example, false).others).toEqual([]);
    expect(isShort(example)).toBe(true);
  });

  test('the defaults are those of an empty document', () => {
    expect(DEFAULTS.tablePool).toEqual({ startMPN: '', pages: '' });
    expect(check({ config: DEFAULTS, now: NOTHING_NOW }).problems).toEqual({});
  });
});

describe('what changes from the playhead on', () => {
  const now = (change: Partial<SettingsDraft['now']>): SettingsDraft => ({
    ...settingsOf(example),
    now: { ...NOTHING_NOW, ...change },
  });

  test('becomes set operations, and the machine of the document stays', () => {
    const { revision } = check(
      now({
        control: { 'EFER.NXE': false, 'CR0.WP': true },
        pat: { 1: 'WT' },
        policies: { shootdown: 'lazy', ackTimeout: '5 000' },
        mtrrs: { ...force.mtrrs, defaultType: 'UC' },
      }),
    );
    expect(revision?.document).toBe(example);
    expect(revision?.ops).toMatchObject([
      { op: 'set', what: 'control', name: 'EFER.NXE', value: false },
      { op: 'set', what: 'pat', slot: 1, type: 'WT' },
      { op: 'set', what: 'mtrrs', mtrrs: { defaultType: 'UC', enabled: true } },
      { op: 'set', what: 'policy', name: 'shootdown', value: 'lazy' },
      { op: 'set', what: 'limit', name: 'ackTimeout', value: 5000 },
    ]);
  });

  test('what is wrong stands at its field', () => {
    const { problems, others } = check(
      now({
        policies: { lazyPages: 'many' },
        mtrrs: { ...force.mtrrs, fixed: [{ start: '0x123', end: '0x20000', type: 'UC' }] },
      }),
    );
    expect(problems['now.policies.lazyPages']).toContain('"many" must be');
    expect(others).toEqual([]);
    const mtrrs = check(now({ mtrrs: { ...force.mtrrs, fixed: [{ start: '0x123', end: '0x20000', type: 'UC' }] } }));
    expect(mtrrs.problems['now.mtrrs.fixed.0.start']).toContain('where a fixed entry begins');
  });

  test('what is in force already adds nothing', () => {
    expect(check(now({ control: { 'CR0.WP': true } })).revision).toBeUndefined();
  });

  test('is compared with the picture', () => {
    const { control, pat, mtrrs, policies } = example.config;
    const picture = { control, pat, mtrrs, policies } as unknown as Parameters<typeof inForceOf>[0];
    expect(inForceOf(picture, 46)).toEqual({
      control: force.control,
      pat: force.pat,
      mtrrs: force.mtrrs,
      policies: force.policies,
    });
  });
});
