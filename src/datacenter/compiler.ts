// The data center's second door: the compiler of programs, apart from the engine so that a page can load it
// late or not at all (shipped files can come compiled). Called by the threads that run the engine, and by build.
export { compile } from './node/loader/compile.ts';
export { withKeptAwaits } from './node/loader/library-awaits.ts';
