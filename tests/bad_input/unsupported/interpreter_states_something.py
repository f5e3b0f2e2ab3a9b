import lockweave
lockweave.Interpreter('legacy').exec('import lockweave; lockweave.always(bool)')
