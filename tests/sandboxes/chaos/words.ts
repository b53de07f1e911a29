// A module that the chaos edits while the cluster runs: programs that start after it print other words.
// Imported by store.ts and job.ts.
export const label = 'first edition';
