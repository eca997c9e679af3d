import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { assert } from '../base/assert';
import type { Explorer } from '../state/explorer';
import type { Session } from '../state/session';
import type { View } from '../state/view';

export const ExplorerContext = createContext<Explorer | undefined>(undefined);

export function useExplorer(): Explorer {
  const explorer = useContext(ExplorerContext);
  assert(explorer !== undefined, 'the app is inside an explorer');
  return explorer;
}

export const useSession = <T>(select: (session: Session) => T): T => useStore(useExplorer().session, select);
export const useView = <T>(select: (view: View) => T): T => useStore(useExplorer().view, select);
