import type { Cycles } from './cycles';
import type { AccessTally } from './micro';
import type { Status } from './status';
import type { Fault } from './walk';

/** What an operation gave, once it has ended. */
export interface Outcome {
  /** Absent for vmk_Unmap, which is void, and for what is no call. */
  readonly status?: Status | undefined;
  /** First VPN of the mapping that vmk_Map returned. */
  readonly vpn?: number | undefined;
  /** The id of the mapping made. */
  readonly mapping?: number | undefined;
  /** Machine address: the answer of vmk_VA2MA, or the byte an access reached. */
  readonly ma?: number | undefined;
  /** One sentence: what it did, or why it was refused. */
  readonly says: string;
  /** The field of the request that was wrong. */
  readonly field?: string | undefined;
  readonly access?: AccessTally | undefined;
  readonly fault?: Fault | undefined;
  /** An instruction that is no access raised #GP(0) and did nothing. */
  readonly raised?: 'GP' | undefined;
  /** The word that a single access read or wrote. */
  readonly value?: bigint | undefined;
  /** It was never carried out, because the mapping it names was not made. */
  readonly skipped?: boolean | undefined;
}

/** An outcome with what it cost. Times in cycles since the start. */
export interface OpRecord extends Outcome {
  readonly started: number;
  readonly ended: number;
  readonly cycles: Cycles;
}
