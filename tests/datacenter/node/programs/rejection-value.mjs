// A rejection with a plain value, which Node wraps in an error of its own.
// Run by differential.test.ts.
Promise.reject({ plain: 'value' });
