// module.exports replaced by a function.
// Required by common.cjs.
module.exports = function replaced() {
  return 'replaced';
};
