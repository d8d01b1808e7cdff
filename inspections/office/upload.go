package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
)

// KeepUpload keeps the bytes of a file that is to be looked at before it is imported, so that what was imported
// stays on record as it came. Error: Forbidden.
func (o *Office) KeepUpload(ctx context.Context, by inspections.Actor, name string, data []byte) (sha string, err error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return "", err
	}
	err = o.InTx(ctx, func(tx Tx) error {
		if sha, err = tx.PutBlob("application/octet-stream", data); err != nil {
			return err
		}
		return record(tx, by, "import.received", fmt.Sprintf("blob/%s", sha), map[string]any{"file_sha256": sha, "bytes": len(data)})
	})
	return sha, err
}
