// One half of a cycle of requires.
// Required by common.cjs.
exports.early = 'early';
const d = require('./cycle-d.cjs');
exports.late = 'late';
console.log('c done', d.seen);
