package inspections_test

import (
	"testing"

	"anfang.example/inspections"
)

func TestATelephoneIsOneThatCanBeDialled(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"": true, "0735-0000000": true, "（0735）0000000": true, "0735-0000000转801": true, "0735-0000000、0735-0000001": true,
		"19900000001": true, "+86 735 0000000": true, "12345": true, "abc": false, "0735-电话": false, "07": false, "------": false,
	} {
		if err := inspections.CheckSetting(inspections.SetContactPhone, value); (err == nil) != want {
			t.Errorf("%q: got %v, want it taken: %v", value, err, want)
		}
	}
}
