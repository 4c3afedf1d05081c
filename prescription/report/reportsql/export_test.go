package reportsql

// Queries are all SQL texts, for a test of their form.
func Queries() []string {
	return []string{lockLine, lockLineOf, updateLine, selectLine, insertReport, collapseProgress, claimReports, claimUnlocked, hastenReports, deleteReport,
		retryReport, giveUpReport, releaseReport, selectDead, forgetEnded}
}
