package prescriptionsql

// Queries are all SQL texts, for a test of their form.
func Queries() []string {
	return []string{insertPrescription, insertAll, lockByKey, lockByID, selectByID, updatePrescription, insertAudit, selectHash,
		selectAudit, insertReport, selectReport, insertMessage, claimMessages, claimUnlocked, hastenMessages, forgetReport, deleteMessage, retryMessage,
		hurryMessages, rivals, makeRoom, heir, takeSlot, selectAuditAll, selectAuditPage, selectLastID, insertNote, selectNoteSums, giveUpMessage, releaseMessage, selectDead, selectNotes, selectNewestOfPatient,
		selectOlderOfPatient, selectOverdue, selectEnded, selectForTool, selectMilestones, eraseEnded, erasePatient, countKept, deleteNotes}
}

// Lookups are the texts whose plans are looked at.
func Lookups() map[string]string {
	return map[string]string{"for patient": selectNewestOfPatient, "overdue": selectOverdue, "ended": selectEnded, "for tool": selectForTool, "claim": claimMessages,
		"claim what is unlocked": claimUnlocked, "hurry": hurryMessages, "heir": heir, "rivals": rivals}
}
