/** Reading, writing and the library of documents. They come after the first picture, which does not need them. */
export const loadDocuments = () => import('../scenario');
export type Documents = Awaited<ReturnType<typeof loadDocuments>>;
