package store

import (
	"strings"

	"anfang.example/inspections"
)

var (
	deadAddresses = table[inspections.DeadAddress]{name: "dead_addresses", noun: "dead_address"}
	receipts      = table[inspections.Receipt]{name: "letter_receipts", noun: "letter_receipt", keys: []string{"letter_id"}}
	returned      = table[inspections.Returned]{name: "letter_returns", noun: "letter_return", keys: []string{"notice", "letter_id"}}
)

// AddDeadAddress sets the id. Error: Conflict when the address is stopped already.
func (t *Tx) AddDeadAddress(d *inspections.DeadAddress) error {
	if err := claim(t, "dead_address", &d.ID); err != nil {
		return err
	}
	return deadAddresses.insert(t, *d)
}

// SaveDeadAddress replaces the entry of that id. Error: NotFound.
func (t *Tx) SaveDeadAddress(d inspections.DeadAddress) error { return deadAddresses.update(t, d) }

// DeadAddresses lists, by id, every address that was ever stopped, lifted ones too.
func (t *Tx) DeadAddresses() ([]inspections.DeadAddress, error) {
	return deadAddresses.all(t, where{}, "ORDER BY id")
}

// DeadAddress finds the stop in force of an address, written in any case. Error: NotFound.
func (t *Tx) DeadAddress(address string) (inspections.DeadAddress, error) {
	return deadAddresses.one(t, address, by("address = ? AND lifted_at = ''", strings.ToLower(address)), "")
}

// AddReturned records what a mail said of a letter. Error: Conflict when that is on record.
func (t *Tx) AddReturned(r inspections.Returned) error { return returned.insert(t, r) }

// Returned reads what a mail, by its SHA-256, said of a letter. Error: NotFound.
func (t *Tx) Returned(notice string, id inspections.LetterID) (inspections.Returned, error) {
	return returned.one(t, int64(id), by("notice = ? AND letter_id = ?", notice, id), "")
}

// AddReceipt records that a letter's reader has it. Error: Conflict when that is on record.
func (t *Tx) AddReceipt(r inspections.Receipt) error { return receipts.insert(t, r) }

// Receipts lists, by letter, what readers confirmed.
func (t *Tx) Receipts() ([]inspections.Receipt, error) {
	return receipts.all(t, where{}, "ORDER BY letter_id")
}

// Receipt reads whether the reader of a letter has it. Error: NotFound.
func (t *Tx) Receipt(id inspections.LetterID) (inspections.Receipt, error) {
	return receipts.one(t, int64(id), by("letter_id = ?", id), "")
}
