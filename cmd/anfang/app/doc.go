// Package app puts the rooms of the house together, so that every command and the demo run the same program.
package app
