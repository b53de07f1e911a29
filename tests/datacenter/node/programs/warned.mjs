// A warning is printed by a program that has never looked at its console.
// Run on Node and in the data center by differential.test.ts.
process.emitWarning('a warning without a console');
