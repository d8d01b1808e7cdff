// Package pages holds the portal's pages as HTML templates; their words come from the catalog.
package pages

import "embed"

// Files holds frame.html (what stands around every page), parts.html (pieces that pages share) and one
// file for each page.
//
//go:embed *.html
var Files embed.FS
