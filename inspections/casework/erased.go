package casework

import "anfang.example/inspections"

// ErasedWords stands where words were lawfully erased.
const ErasedWords = inspections.ErasedWords
