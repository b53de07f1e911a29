// The other half: sees what the first has exported so far.
// Required by cycle-c.cjs.
const c = require('./cycle-c.cjs');
exports.seen = Object.keys(c);
