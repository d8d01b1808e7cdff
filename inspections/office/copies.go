package office

import "anfang.example/inspections"

// Copies tells of letters that were sent once more which letter counts in their place now.
type Copies map[inspections.LetterID]inspections.Letter

// CopiesOf looks through letters, by id, for those that were sent in place of others.
func CopiesOf(letters []inspections.Letter) Copies {
	c := Copies{}
	for _, l := range letters {
		if l.Replaces != 0 {
			c[l.Replaces] = l
		}
	}
	return c
}

// Standing is that of the letter, or that another was sent in its place: then nobody need look at this one.
func (c Copies) Standing(l inspections.Letter) inspections.LetterState {
	if _, again := c[l.ID]; again {
		return inspections.LetterResent
	}
	return l.Standing()
}

// ReceiptOf reads whether the reader has a letter, whichever copy of it they confirmed. Error: NotFound.
func ReceiptOf(tx PostTx, l inspections.Letter) (inspections.Receipt, error) {
	copies, err := tx.Letters(inspections.LetterFilter{Under: l.Root()})
	if err != nil {
		return inspections.Receipt{}, err
	}
	for _, c := range copies {
		if c.Root() != l.Root() || c.ID == l.ID {
			continue
		}
		if r, err := tx.Receipt(c.ID); !inspections.IsNotFound(err) {
			return r, err
		}
	}
	return tx.Receipt(l.ID)
}
