// Package catalog holds every word people read on screen, in mails and on paper, in Chinese and in
// English, so that the code names a sentence by its key and never spells it out.
//
// Each language is a folder of JSON files, one per topic, so that topics grow without touching each
// other. A file is one flat object: key to sentence, or key to {"none","one","many"}, of which the
// argument "n" picks one (many stands in for what is not given). {name} in a sentence is filled from the arguments. Words follow WORDING.zh.md.
package catalog
