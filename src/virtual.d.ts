/** The address of all files of the library as one JSON object by id; see vite.config.ts. */
declare module 'virtual:library-url' {
  const url: string;
  export default url;
}
/** The address of all lessons as one JSON object by id. */
declare module 'virtual:lessons-url' {
  const url: string;
  export default url;
}
/** The address of the script of the worker. */
declare module 'virtual:worker-url' {
  const url: string;
  export default url;
}
