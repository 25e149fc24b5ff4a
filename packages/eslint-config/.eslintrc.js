module.exports = require('./src')(__dirname);
