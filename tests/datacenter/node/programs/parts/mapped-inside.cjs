// biome-ignore-all lint: the places in it count
// biome-ignore-all format: the places in it count
const { findSourceMap } = require('node:module');
function made() { return require('node:util').getCallSites(1, { sourceMap: true })[0]; }
const { scriptName, lineNumber, columnNumber, functionName } = made();
console.log(scriptName.split('/').at(-1), lineNumber, columnNumber, functionName);
console.log(findSourceMap(__filename)?.payload.sources.map((source) => source.split('/').at(-1)));
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjogMywgInNvdXJjZXMiOiBbImlubGluZS50cyJdLCAibmFtZXMiOiBbIndyaXR0ZW4iXSwgIm1hcHBpbmdzIjogIkFBQUE7OztBQVVBO0FBQ0FBIiwgInNvdXJjZVJvb3QiOiAic3JjLyJ9
