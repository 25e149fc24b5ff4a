// Where every package's .eslintrc.js looks for the rules of the house.
module.exports = require('../../packages/eslint-config/src');
