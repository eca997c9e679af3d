/** The registers and policies of one time, as texts and switches; the tree of the draft has the same parts. */
export interface InForce {
  readonly control: Readonly<Record<string, boolean>>;
  readonly pat: readonly string[];
  readonly mtrrs: object;
  readonly policies: Readonly<Record<string, string>>;
}

/** From when on a setting holds: always, or from the playhead on. */
export type When = 'start' | 'now';

export const SECTIONS = ['processors', 'memory', 'modules', 'registers', 'mtrrs', 'policies', 'costs'] as const;
export type SectionId = (typeof SECTIONS)[number];

export const SECTION_TITLES: Readonly<Record<SectionId, string>> = {
  processors: 'Processors and TLBs',
  memory: 'Memory',
  modules: 'Modules and IO',
  registers: 'Control bits and PAT',
  mtrrs: 'MTRRs',
  policies: 'Policies',
  costs: 'Costs',
};

/** The parts of the configuration that each section sets. */
export const SECTION_PARTS: Readonly<Record<SectionId, readonly string[]>> = {
  processors: ['pcpus', 'maxPhyAddr', 'structureCaches', 'tlb'],
  memory: ['regions', 'tablePool', 'window', 'alias'],
  modules: ['modules', 'resources', 'reservations'],
  registers: ['control', 'pat'],
  mtrrs: ['mtrrs'],
  policies: ['policies'],
  costs: ['costs'],
};

/** The section in which a field can be corrected. */
export const sectionOf = (field: string): SectionId | undefined =>
  SECTIONS.find((id) => SECTION_PARTS[id].includes(field.split('.')[1] ?? ''));
