/** Reading, writing and the library of documents. They come after the first picture, which does not need them. */
export type Documents = typeof import('../scenario');
export const loadDocuments = (): Promise<Documents> => import('../scenario');
