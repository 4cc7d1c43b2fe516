console.log('launcher');
