package casework

// ErasedWords stands where words were lawfully erased: that something was said stays on record, what was said does not. Blackened is blackened in every language.
const ErasedWords = "■■■"
