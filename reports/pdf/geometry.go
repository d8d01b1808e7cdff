package pdf

// Measures of the page in millimetres (GB/T 9704-2012, clauses 5 and 7). Heights are measured from the page's top.
const (
	pageWidth, pageHeight = 210.0, 297.0

	areaLeft, areaTop     = 28.0, 37.0
	areaWidth, areaHeight = 156.0, 225.0
	areaRight, areaBottom = areaLeft + areaWidth, areaTop + areaHeight

	mmPerPoint = 25.4 / 72

	// Sizes of type in points, by their Chinese numbers.
	size2, size3, size4, smallSize4, size5 = 22.0, 16.0, 14.0, 12.0, 10.5
	smallPrint                             = 7.5

	em3 = size3 * mmPerPoint
	em4 = size4 * mmPerPoint

	// The grid: 22 lines of 28 characters. The last line's foot is the area's, so 21 pitches span the rest.
	gridChars, gridLines = 28, 22
	charPitch            = areaWidth / gridChars
	linePitch            = (areaHeight - em3) / (gridLines - 1)

	indent = 2 * charPitch

	// ascent is where the baseline lies in the em box of a Han face, from its top.
	ascent = 0.88

	markTop      = areaTop + 35 // 7.2.4: the mark's upper edge
	markTallest  = 62.0         // points: 22 mm, not to exceed the mark of a higher body
	ruleGap      = 4.0          // 7.2.7: the red rule below the number
	redRuleThick = 0.7

	pageNumberGap = 7.0 // 7.5: the dash below the area

	// 7.4.1: rules of the imprint.
	thickRule, thinRule = 0.35, 0.25

	// 10.1: the letter's double rules.
	letterMarkTop                            = 30.0
	letterRuleWidth                          = 170.0
	letterFootRule                           = pageHeight - 20
	doubleThick, doubleThin, doubleRuleSpace = 0.8, 0.3, 0.6
)

// colour is red, green, blue, 0 to 255.
type colour struct{ r, g, b int }

var (
	black = colour{}
	red   = colour{255, 0, 0}
	pale  = colour{232, 232, 232}
	grey  = colour{110, 110, 110}
)
