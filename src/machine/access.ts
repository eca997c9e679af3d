/** How memory is touched, as bits so that rights can be looked up in a table. */
export const WRITE = 1;
export const EXECUTE = 2;
export const USER = 4;
/** EFLAGS.AC, which lets explicit supervisor accesses through SMAP. */
export const AC = 8;

export const ACCESS_KINDS = ['read', 'write', 'execute'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];
export const PRIVILEGES = ['supervisor', 'user'] as const;
export type Privilege = (typeof PRIVILEGES)[number];

export const accessCode = (kind: AccessKind, privilege: Privilege, ac: boolean): number =>
  (kind === 'write' ? WRITE : kind === 'execute' ? EXECUTE : 0) | (privilege === 'user' ? USER : 0) | (ac ? AC : 0);

export const kindOf = (access: number): AccessKind =>
  access & WRITE ? 'write' : access & EXECUTE ? 'execute' : 'read';
