module.exports = function sharp() {
  throw new Error('Images are not supported: this project uses @xenova/transformers for text only.');
};
