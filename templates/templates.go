// Package templates embeds the pages, letters and handbooks that people read; the words in them follow
// WORDING.zh.md, and short words come from the catalog.
package templates

import "embed"

// Mail holds the letters: mail/<language>/<kind>.txt and the layout of their HTML part.
//
//go:embed mail
var Mail embed.FS
