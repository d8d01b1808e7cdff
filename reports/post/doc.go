// Package post sends the office's letters: each is written out once, kept, and tried until the mail
// server has taken or refused it; where the server leaves it open, that doubt is shown to people.
//
// How a letter flows: queued (data only) → its bytes and Message-ID are fixed and stored, state sending,
// committed → one try → accepted, refused, queued again for later, or unknown when the connection was
// lost after the last dot. Assignment letters in doubt are sent again at once with the same bytes, since
// a doubled go is harmless and a lost one is not; all others wait for a person (PROMISES.md).
package post
