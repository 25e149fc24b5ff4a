/* Jest's global tear-down, beside startPostgres.js. */
module.exports = async function stopPostgres() {
  await globalThis.stopBuslinePostgres?.();
};
